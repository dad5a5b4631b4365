import { ApiProperty } from '@nestjs/swagger';
import { type Role, roles } from '../platform/access/official.js';
import { type PetitionKind, petitionKinds } from '../rules/evaluation/filing.js';
import { BilingualResponse, SourceResponse } from '../structure/law-desk/rules.response.js';
import { type PaperCode, paperCodes } from './papers.js';
import { type PetitionAction, petitionActions, type PetitionState, petitionStates } from './transition.js';

export class LifecycleStateResponse {
  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  name: BilingualResponse;

  /** Nothing more is to be done. */
  final: boolean;
}

export class LifecycleFieldResponse {
  @ApiProperty({ example: 'reason' })
  name: string;

  required: boolean;
}

export class LifecyclePaperResponse {
  @ApiProperty({ enum: paperCodes })
  code: PaperCode;

  title: BilingualResponse;
}

export class LifecycleStepResponse {
  @ApiProperty({ enum: petitionActions })
  action: PetitionAction;

  name: BilingualResponse;

  @ApiProperty({ enum: ['PUT', 'POST'] })
  method: 'PUT' | 'POST';

  /** Below `/petitions/{id}/`. */
  @ApiProperty({ example: 'acceptance' })
  path: string;

  @ApiProperty({ enum: petitionKinds, isArray: true })
  kinds: readonly PetitionKind[];

  @ApiProperty({ enum: petitionStates, isArray: true })
  from: readonly PetitionState[];

  /** The state after it; `unchanged`, or `by_outcome` where the outcome that was proposed decides. */
  @ApiProperty({ enum: [...petitionStates, 'unchanged', 'by_outcome'] })
  to: string;

  /** Who may take it, at the responsible unit. */
  @ApiProperty({ enum: roles, isArray: true })
  roles: readonly Role[];

  /** In a unit that works in two steps a clerk proposes it and the leader approves. */
  ofTriage: boolean;

  @ApiProperty({ enum: ['within_competence', 'anonymous', 'nothing_owed'] })
  needs: string | null;

  /** First day on which the law knows it, by kind. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { complaint: '2026-07-01' } })
  lawfulFrom: Record<string, string>;

  @ApiProperty({ type: [LifecycleFieldResponse] })
  fields: readonly LifecycleFieldResponse[];

  papers: LifecyclePaperResponse[];

  /** Rules of the limits that run from it, over all kinds and stages. */
  @ApiProperty({ example: ['complaint.resolution.first'] })
  startsLimits: string[];

  /** `open`: it meets the limits that are open, but those that only their own act meets; `own`: the one that it is the act of. */
  @ApiProperty({ enum: ['open', 'own', 'none'] })
  meetsLimits: string;

  @ApiProperty({ type: [SourceResponse] })
  sources: readonly SourceResponse[];
}

export class LifecycleResponse {
  states: LifecycleStateResponse[];
  steps: LifecycleStepResponse[];

  /** Limits that only their own act meets: the reply, the sending, the performance. */
  @ApiProperty({ type: [String] })
  metByTheirOwnAct: readonly string[];
}
