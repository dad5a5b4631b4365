import { Problem } from '../../platform/problems/problem.js';

/** Clocks of counters run ahead by so much at the most. */
const leeway = 120_000;

/**
 * A moment that somebody states, or now.
 * @throws Problem when it lies ahead
 */
export function momentGiven(given: string | null | undefined, pointer: string): Date {
  if (!given) return new Date();
  const at = new Date(given);
  if (at.getTime() > Date.now() + leeway)
    throw Problem.field('validation-failed', pointer, 'in_the_future', { vi: 'Thời điểm này chưa đến.', en: 'The moment lies ahead.' });
  return at;
}

/** An hour in Viet Nam, as papers have it: 08:30. */
export function hourOf(at: Date): string {
  return at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });
}
