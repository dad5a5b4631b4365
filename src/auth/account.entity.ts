import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './official.js';

/** Somebody who may sign in, at one unit. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn('uuid', { default: () => 'new_id()' })
  id: string;

  @Column('text')
  username: string;

  /** Argon2id in PHC string format; read only where a password is checked. */
  @Column('text', { select: false })
  passwordHash: string;

  @Column('text')
  displayName: string;

  @Column('uuid')
  unitId: string;

  @Column('text', { array: true })
  roles: Role[];

  @Column('boolean', { default: true })
  active: boolean;

  @Column('int', { default: 0 })
  failedAttempts: number;

  @Column('timestamptz', { nullable: true })
  lockedUntil: Date | null;

  @Column('int', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
