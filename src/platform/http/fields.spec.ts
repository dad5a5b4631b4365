import { readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { plainToInstance } from 'class-transformer';

type Dto = new () => Record<string, unknown>;

for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) if (file.endsWith('.dto.ts')) await import(`../../${file}`);

/** Every class that requests are read into, with its optional fields; those of a parent stand with the parent. */
const classes = [
  ...(getMetadataStorage() as unknown as { validationMetadatas: Map<Dto, { type: string; propertyName: string }[]> }).validationMetadatas,
]
  .map(([dto, metadata]) => ({
    dto,
    name: dto.name,
    optional: [...new Set(metadata.filter(({ type }) => type === 'conditionalValidation').map(({ propertyName }) => propertyName))],
  }))
  .filter(({ optional }) => optional.length > 0);

/** Where null takes away what is there. */
const clearable = [
  ...['fieldCode', 'stage', 'competentUnitId', 'respondent', 'matterUnitId', 'forwardedBy', 'decisionKnownOn'].map(
    (field) => `ClassificationDto.${field}`,
  ),
  ...['respondent', 'matterUnitId'].map((field) => `PartDto.${field}`),
  ...['title', 'slotMinutes', 'placesPerSlot'].map((field) => `SessionPatchDto.${field}`),
];
const read = (dto: Dto, body: object) => plainToInstance(dto, body, { exposeUnsetFields: false });

it('knows the optional fields of all requests', () => {
  expect(classes.length).toBeGreaterThan(120);
  expect(classes.flatMap(({ optional }) => optional).length).toBeGreaterThan(500);
});

describe.each(classes)('$name', ({ dto, name, optional }) => {
  it('reads null as if the field were left out, but where it takes away', () => {
    const others = optional.filter((field) => !isDeepStrictEqual(read(dto, { [field]: null }), read(dto, {})));
    expect(others.map((field) => `${name}.${field}`)).toEqual(clearable.filter((field) => field.startsWith(`${name}.`)));
  });
});
