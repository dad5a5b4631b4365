import { Injectable } from '@nestjs/common';
import { redact } from '../../petitions/identity/redaction.js';
import type { KeyRing } from '../../sealing/key-ring.js';
import { Keys } from '../../sealing/keys.service.js';
import { placeOf } from '../../sealing/places.js';
import { fold } from '../../units/fold.js';
import type { SealedVisit, VisitFacts, VisitRow } from './visit.js';

/** What of a visit is stored otherwise than it was said. */
export interface StoredWords {
  sealed: Buffer;
  keyVersion: number;
  secret: boolean;
  matter: string;
  content: string;
  searchNames: string;
}

/** Who came and what was said: sealed whatever the kind, because a kind can turn out to be another one; of a denunciation nothing names anybody. */
@Injectable()
export class VisitWords {
  constructor(private readonly keys: Keys) {}

  get ring(): KeyRing {
    return this.keys.ring;
  }

  /** @param hidden whether it is about a matter that is secret, whatever its own kind */
  seal(id: string, { kind, visitors, matter, content }: VisitFacts, hidden = false): StoredWords {
    const secret = hidden || kind === 'denunciation';
    const { sealed, keyVersion } = this.keys.ring.seal({ visitors, matter, content } satisfies SealedVisit, placeOf.visit(id));
    return {
      sealed,
      keyVersion,
      secret,
      matter: secret ? redact(matter, visitors) : matter,
      content: secret ? redact(content, visitors) : content,
      searchNames: secret ? '' : fold(visitors.map(({ name }) => name).join(' ')),
    };
  }

  /** For whoever may know it. */
  open({ id, sealed, sealedKey, matter, content }: VisitRow): SealedVisit {
    if (!sealed) return { visitors: [], matter, content };
    return this.keys.ring.open<SealedVisit>({ sealed, keyVersion: sealedKey! }, placeOf.visit(id));
  }

  /** What officials write of a denunciation names nobody either. */
  withoutDenouncer(row: VisitRow, text: string | null): string | null {
    return text !== null && row.identitySecret ? redact(text, this.open(row).visitors) : text;
  }
}
