import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../platform/access/official.js';
import type { Scope } from '../platform/access/scopes.js';

export const accountKinds = ['person', 'service'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** Somebody who may sign in, at one unit. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn('uuid', { default: () => 'new_id()' })
  id: string;

  @Column('text')
  username: string;

  /** Argon2id in PHC string format; read only where a password is checked. */
  @Column('text', { select: false, nullable: true })
  passwordHash: string | null;

  /** Of a person, or of a front-end or another system. */
  @Column('text', { default: 'person' })
  kind: AccountKind;

  /** What tokens of a service can be limited to. */
  @Column('text', { array: true, default: '{}' })
  scopes: Scope[];

  /** Requests a minute of a service. */
  @Column('int', { nullable: true })
  rateLimit: number | null;

  @Column('bytea', { select: false, nullable: true })
  clientSecretDigest: Buffer | null;

  @Column('boolean', { default: false })
  mustChangePassword: boolean;

  /** Since when signing in takes a one-time code. */
  @Column('timestamptz', { nullable: true })
  totpConfirmedAt: Date | null;

  /** Issuer of the provider of identities that knows it. */
  @Column('text', { nullable: true })
  externalIssuer: string | null;

  /** How the provider knows it; an account of the provider has no password here. */
  @Column('text', { nullable: true })
  externalSubject: string | null;

  /** Since when it may be used; null until a leader agreed, where it reads petitions. */
  @Column('timestamptz', { nullable: true })
  approvedAt: Date | null;

  /** Until when its owner can choose a password with a code. */
  @Column('timestamptz', { nullable: true })
  invitationExpiresAt: Date | null;

  /** Roles and scopes that a service had and no service may have. */
  @Column('text', { array: true, default: '{}' })
  lostRoles: Role[];

  @Column('text', { array: true, default: '{}' })
  lostScopes: Scope[];

  @Column('text')
  displayName: string;

  @Column('uuid')
  unitId: string;

  @Column('text', { array: true })
  roles: Role[];

  @Column('boolean', { default: true })
  active: boolean;

  @Column('int', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
