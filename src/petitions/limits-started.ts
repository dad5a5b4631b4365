import {
  limitsFromAcceptance,
  limitsFromResolution,
  limitsFromResumption,
  limitsFromSignsOfCrime,
  limitsFromSuspension,
  limitsFromTermination,
  type LimitSubject,
} from '../rules/limits/limits-by-event.js';
import type { StartingEvent } from './transition.js';

/** Rules of the limits that run from an event; those of a transfer and of an obligation are set by the order itself. */
export function limitsStartedBy(event: StartingEvent, about: LimitSubject): string[] {
  switch (event) {
    case 'acceptance':
      return limitsFromAcceptance(about);
    case 'resolution':
      return limitsFromResolution(about);
    case 'suspension':
      return limitsFromSuspension(about);
    case 'resumption':
      return limitsFromResumption(about);
    case 'termination':
      return limitsFromTermination(about);
    case 'signs_of_crime':
      return limitsFromSignsOfCrime(about);
    case 'transfer':
    case 'enforcement':
      return [];
  }
}
