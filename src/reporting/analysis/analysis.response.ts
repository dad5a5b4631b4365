import { ApiProperty } from '@nestjs/swagger';
import { type PetitionKind, petitionKinds } from '../../rules/evaluation/filing.js';
import type { DurationBin } from '../../rules/reports/durations.js';
import { toUnitReference, UnitReference } from '../../structure/units/unit.response.js';
import { AnalysisResponse, toAnalysis } from './analysed.response.js';
import type { Analysis, Durations, Flow } from './analysis.service.js';

export class FlowResponse {
  from: UnitReference;
  to: UnitReference;

  @ApiProperty({ example: 12 })
  sent: number;

  /** Neither received nor returned yet. */
  @ApiProperty({ example: 1 })
  pending: number;

  @ApiProperty({ example: 10 })
  received: number;

  @ApiProperty({ example: 1 })
  returned: number;

  @ApiProperty({ example: 7 })
  replied: number;

  /** Mean days from sending. */
  @ApiProperty({ example: 1.8 })
  daysToReceipt: number | null;

  /** Mean days from receipt. */
  @ApiProperty({ example: 8.2 })
  daysToReply: number | null;
}

export class FlowsResponse extends AnalysisResponse {
  items: FlowResponse[];
}

export class DurationBinResponse implements DurationBin {
  @ApiProperty({ example: 6 })
  from: number;

  /** Null for the last class, which has no end. */
  @ApiProperty({ example: 10 })
  to: number | null;

  @ApiProperty({ example: 40 })
  count: number;
}

export class DurationResponse {
  /** Null for all kinds together. */
  @ApiProperty({ type: String, enum: [...petitionKinds, null], nullable: true })
  kind: PetitionKind | null;

  @ApiProperty({ example: 120 })
  count: number;

  /** Days; null where there is nothing. */
  @ApiProperty({ example: 7 })
  median: number | null;

  /** Nine of ten took no longer. */
  @ApiProperty({ example: 28 })
  ninety: number | null;

  bins: DurationBinResponse[];
}

export class DurationsResponse extends AnalysisResponse {
  items: DurationResponse[];
}

export function toFlows({ items, ...analysis }: Analysis<Flow>): FlowsResponse {
  return {
    ...toAnalysis(analysis),
    items: items.map(({ from, to, ...flow }) => ({ from: toUnitReference(from), to: toUnitReference(to), ...flow })),
  };
}

export function toDurations({ items, ...analysis }: Analysis<Durations>): DurationsResponse {
  return { ...toAnalysis(analysis), items };
}
