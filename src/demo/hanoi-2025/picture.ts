import type { LegalDate } from '../../platform/text/legal-date.js';

/** What was published about a city and a stretch of time. */
export interface Picture {
  from: LegalDate;
  to: LegalDate;
  visits: {
    regular: { visits: number; persons: number };
    /** Received by the heads themselves. */
    heads: { visits: number; persons: number };
    /** Cases that were brought: for the first time, or one that was brought before. */
    cases: { first: number; repeated: number };
    largeGroups: { groups: number; persons: number };
  };
  petitions: {
    received: number;
    processed: number;
    complaints: {
      petitions: number;
      /** Petitions and the cases that they are about. */
      within: { petitions: number; cases: number; settled: number };
    };
  };
}

/**
 * Hanoi from 1 August 2024 to 31 July 2025, as the city reported it to the National Assembly's year. What the published figures leave open is made
 * so that every reading of them holds: nothing is carried over from before, and every complaint is processed and eligible.
 */
export const hanoi2025: Picture = {
  from: '2024-08-01',
  to: '2025-07-31',
  visits: {
    regular: { visits: 21_507, persons: 24_559 },
    heads: { visits: 10_319, persons: 13_320 },
    cases: { first: 16_612, repeated: 7_389 },
    largeGroups: { groups: 354, persons: 4_093 },
  },
  petitions: {
    received: 50_520,
    processed: 47_710,
    complaints: { petitions: 6_627, within: { petitions: 3_911, cases: 2_389, settled: 2_260 } },
  },
};
