/** A backup cannot be made or restored; the message is one line that says why and what to do. */
export class BackupError extends Error {}
