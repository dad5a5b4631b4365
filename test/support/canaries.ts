import type { Json } from './client.js';

/** Somebody whose name, numbers and places must not be told once he turns out to have denounced. */
export interface Canary {
  name: string;
  nationalId: string;
  phone: string;
  address: string;
}

const syllables = ['Mi', 'Khuyên', 'Yến', 'Én', 'Sáo', 'Cu', 'Vành', 'Chích', 'Sẻ', 'Oanh'];

/** One of a hundred people, each with a name, numbers and an address of their own. */
export function canaryOf(index: number): Canary {
  const number = String(index).padStart(3, '0');
  return {
    name: `Kiều ${syllables[Math.floor(index / 10) % 10]} ${syllables[index % 10]} Hoạ`,
    nationalId: `001166600${number}`,
    phone: `0966 600 ${number}`,
    address: `Số ${1000 + index} ngõ Chim Hoạ ${number}`,
  };
}

/** What a careless hand writes, as much of it as fits. */
export function sentenceOf({ name, nationalId, phone, address }: Canary, most = 2000): string {
  const whole = `Bà ${name}, CCCD ${nationalId}, điện thoại ${phone}, ở ${address} trình bày`;
  return [whole, `${name} – ${nationalId}`, name].find((text) => text.length <= most) ?? name.slice(0, most);
}

/** Looks for people in whatever was answered, stored, sent or logged. */
export class Search {
  private readonly pattern: RegExp;
  answers = 0;
  bytes = 0;

  constructor(people: readonly Canary[]) {
    const needles = people.flatMap(({ name, nationalId, phone, address }) => [
      folded(name),
      nationalId,
      phone,
      phone.replaceAll(' ', ''),
      folded(address),
    ]);
    this.pattern = new RegExp(needles.map((needle) => needle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
  }

  /** The first of them that a text tells; null where it tells nobody. */
  told(text: string): string | null {
    this.answers++;
    this.bytes += Buffer.byteLength(text);
    return this.pattern.exec(folded(text))?.[0] ?? null;
  }
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}

/** A body with what the canary would say in every text that a schema leaves free, beside what the body has already. */
export function withCanary(document: Json, schema: Json, body: Json, canary: Canary, depth = 0): Json {
  const plain = resolved(document, schema);
  if (isFreeText(plain)) return sentenceOf(canary, plain.maxLength);
  if (plain.type === 'array' || plain.type?.includes?.('array')) {
    if (isFreeText(resolved(document, plain.items ?? {}))) return [sentenceOf(canary, resolved(document, plain.items).maxLength)];
    return Array.isArray(body) ? body.map((item) => withCanary(document, plain.items ?? {}, item, canary, depth + 1)) : body;
  }
  if (!plain.properties || depth > 4) return body;
  const filled = Object.entries<Json>(plain.properties).flatMap(([name, property]) => {
    const has = body !== null && typeof body === 'object' && name in body;
    const free = isFreeText(resolved(document, property)) || isFreeText(resolved(document, resolved(document, property).items ?? {}));
    return has || free ? [[name, withCanary(document, property, body?.[name], canary, depth + 1)]] : [];
  });
  return Object.fromEntries(filled);
}

function isFreeText({ type, format, pattern, enum: values }: Json): boolean {
  return (type === 'string' || (Array.isArray(type) && type.includes('string'))) && !format && !pattern && !values;
}

function resolved(document: Json, schema: Json): Json {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref ?? schema.oneOf?.[0]?.$ref;
  if (!reference) return schema.allOf?.[0] ?? schema;
  return reference
    .split('/')
    .slice(1)
    .reduce((value: Json, key: string) => value[key], document);
}
