/** What a token of a service account can be limited to: an area, to read or to write. */
export const areas = [
  'reference',
  'petitions',
  'reception',
  'people',
  'documents',
  'reports',
  'regulations',
  'oversight',
  'inspections',
  'identity',
  'events',
  'audit',
  'administration',
] as const;
export type Area = (typeof areas)[number];
export type Scope = `${Area}:${'read' | 'write'}`;
export const scopes = areas.flatMap((area): Scope[] => [`${area}:read`, `${area}:write`]);
