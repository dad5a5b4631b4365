import { ApiProperty } from '@nestjs/swagger';
import { stateNames, type PetitionState, petitionStates } from '../transition.js';
import { type PetitionKind, petitionKinds, type Stage, stages } from '../../rules/evaluation/filing.js';
import { BilingualResponse } from '../../structure/law-desk/rules.response.js';

export class PublicPartResponse {
  @ApiProperty({ example: 'HNI-2026-000123/1' })
  number: string;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty({ type: BilingualResponse, example: stateNames.guided })
  stateName: BilingualResponse;

  @ApiProperty({ example: 'UBND Phường Ba Đình' })
  responsibleUnit: string;

  @ApiProperty({ format: 'date' })
  nextDueOn: string | null;
}

export class PublicStatusResponse {
  @ApiProperty({ example: 'HNI-2026-000123' })
  number: string;

  @ApiProperty({ enum: petitionKinds })
  kind: PetitionKind;

  @ApiProperty({ enum: petitionStates })
  state: PetitionState;

  @ApiProperty({ type: BilingualResponse, example: stateNames.accepted })
  stateName: BilingualResponse;

  @ApiProperty({ enum: stages })
  stage: Stage | null;

  @ApiProperty({ format: 'date' })
  receivedOn: string;

  @ApiProperty({ example: 'UBND Thành phố Hà Nội' })
  receivedUnit: string;

  /** With whom it lies now. */
  @ApiProperty({ example: 'UBND Phường Ba Đình' })
  responsibleUnit: string;

  /** Day of the last step. */
  @ApiProperty({ format: 'date' })
  lastStepOn: string;

  /** Last legal day of what comes next. */
  @ApiProperty({ format: 'date' })
  nextDueOn: string | null;

  parts: PublicPartResponse[];
}
