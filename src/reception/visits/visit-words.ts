import { Injectable } from '@nestjs/common';
import { redact, Redaction } from '../../petitions/identity/redaction.js';
import type { KeyRing } from '../../platform/sealing/key-ring.js';
import { Keys } from '../../platform/sealing/keys.service.js';
import { placeOf } from '../../platform/sealing/places.js';
import { fold } from '../../platform/text/fold.js';
import { personsIn } from './visit-checks.js';
import type { SealedVisit, VisitCorrection, VisitFacts, VisitRow } from './visit.js';

/** What of a visit is stored otherwise than it was said. */
export interface StoredWords extends Pick<VisitFacts, 'earlierResolver' | 'papers'> {
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
  async seal(id: string, { kind, visitors, matter, content, earlierResolver, papers }: VisitFacts, hidden = false): Promise<StoredWords> {
    const secret = hidden || kind === 'denunciation';
    const { sealed, keyVersion } = this.keys.ring.seal({ visitors, matter, content } satisfies SealedVisit, placeOf.visit(id));
    const redaction = await Redaction.of(visitors);
    if (secret) await redaction.read([matter, content, earlierResolver ?? '', ...papers.map(({ name }) => name)]);
    // As they were said they lie sealed: what is doubtful can be left out.
    const told = (text: string): string => (secret ? redaction.all(text) : text);
    return {
      sealed,
      keyVersion,
      secret,
      matter: told(matter),
      content: told(content),
      earlierResolver: earlierResolver && told(earlierResolver),
      papers: papers.map((paper) => ({ ...paper, name: told(paper.name) })),
      searchNames: secret ? '' : fold(visitors.map(({ name }) => name).join(' ')),
    };
  }

  /** For whoever may know it. */
  open({ id, sealed, sealedKey, matter, content }: VisitRow): SealedVisit {
    if (!sealed) return { visitors: [], matter, content };
    return this.keys.ring.open<SealedVisit>({ sealed, keyVersion: sealedKey! }, placeOf.visit(id));
  }

  /** Facts as they are corrected: of a secret visit nobody reads who came and what was said, so that what comes back empty or as it was shown stays. */
  corrected(row: VisitRow, corrected: VisitCorrection): VisitFacts {
    if (!row.identitySecret) return { ...corrected, persons: personsIn(corrected) };
    const known = this.open(row);
    const kept = corrected.visitors.length === 0;
    return {
      ...corrected,
      visitors: kept ? known.visitors : corrected.visitors,
      persons: kept ? (corrected.persons ?? row.persons) : personsIn(corrected),
      matter: corrected.matter === row.matter ? known.matter : corrected.matter,
      content: corrected.content === row.content ? known.content : corrected.content,
    };
  }

  /** What officials write of a denunciation in the same request that brings it: who came is known from that request alone. */
  async withoutDenouncer(row: VisitRow, text: string | null): Promise<string | null> {
    return text !== null && row.identitySecret ? redact(text, this.open(row).visitors) : text;
  }
}
