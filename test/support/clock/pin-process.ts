/*
 * Moves the clock of this process by PINNED_CLOCK_OFFSET milliseconds, so that a run of the tests does not depend on the day on which it
 * is made. Loaded before everything else: by Jest's `setupFiles` in the tests, by `node --import` in the servers and commands that they
 * start. The product knows nothing of it; the database is moved by `pin-database.ts`.
 */
const machine = globalThis.Date;
const startsAt = (globalThis as { startsAt?: string }).startsAt;

// A suite that runs on a day of its own begins there anew; all others go on from the moment at which the run began.
if (startsAt) process.env['PINNED_CLOCK_OFFSET'] = String(machine.parse(startsAt) - machine.now());
let offset = Number(process.env['PINNED_CLOCK_OFFSET'] ?? 0);
/** Milliseconds by which the clock of the process jumps when it is sent SIGUSR2. */
const jump = Number(process.env['PINNED_CLOCK_JUMP'] ?? 0);
if (jump !== 0) process.on('SIGUSR2', () => (offset += jump));

/** Only "now" is another one. The prototype is shared, so that dates made by Node itself stay dates. */
globalThis.Date = new Proxy(machine, {
  construct: (target, values, made) => Reflect.construct(target, values.length === 0 ? [target.now() + offset] : values, made) as Date,
  apply: (target) => new target(target.now() + offset).toString(),
  get: (target, name, receiver) => (name === 'now' ? () => target.now() + offset : (Reflect.get(target, name, receiver) as unknown)),
});
