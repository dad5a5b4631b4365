import { Injectable } from '@nestjs/common';
import type { Official } from '../../platform/access/official.js';
import { DocumentsService } from '../../petitions/documents/documents.service.js';
import { asWritten, type LegalDate } from '../../platform/text/legal-date.js';
import { officeName } from '../../rules/structure/unit-structure.js';
import { indicators, type Light, type Part, shareOf } from './indicators.js';
import { OverviewService } from './overview.service.js';

export interface SummaryOrder {
  unitId?: string;
  from?: LegalDate;
  to?: LegalDate;
  signerTitle: string;
  signerName: string;
  opinion: string | null;
}

const lightNames: Record<Light, string> = { green: 'xanh', amber: 'vàng', red: 'đỏ', none: 'không có số liệu' };

/** The monthly summary for the city board: the overview as a paper with its number. */
@Injectable()
export class DirectiveSummaryService {
  constructor(
    private readonly overviews: OverviewService,
    private readonly documents: DocumentsService,
  ) {}

  /** @throws Problem as the overview itself */
  async make({ signerTitle, signerName, opinion, ...question }: SummaryOrder, by: Official): ReturnType<DocumentsService['make']> {
    const { unit, period, previous, total, rows } = await this.overviews.overviewOf(question, by);
    const redUnits = rows
      .map((row) => ({
        unit: row.unit.name,
        red: row.cells.filter(({ light }) => light === 'red').map(({ code }) => indicators[code].label.vi),
      }))
      .filter(({ red }) => red.length > 0)
      .map((row) => ({ unit: row.unit, labels: row.red.join('; ') }));
    return this.documents.make(
      {
        paper: 'directive_summary',
        signerTitle,
        signerName,
        gist: `Tổng hợp thực hiện Chỉ thị 07/CT-UBND, ${asWritten(period.from)}–${asWritten(period.to)}`,
        fields: opinion ? { opinion } : {},
        context: {
          scopeName: officeName(unit).vi,
          periodFrom: asWritten(period.from),
          periodTo: asWritten(period.to),
          previousFrom: asWritten(previous.from),
          previousTo: asWritten(previous.to),
          figures: total.cells.map(({ code, light, before, ...figure }) => ({
            label: indicators[code].label.vi,
            counts: indicators[code].counts.vi,
            part: String(figure.part),
            of: String(figure.of),
            share: inPerCent(figure),
            before: before ? inPerCent(before) : 'không so sánh',
            light: lightNames[light],
          })),
          redUnits: redUnits.length > 0 ? redUnits : [{ unit: 'Không có', labels: '–' }],
        },
      },
      by,
    );
  }
}

/** As it is written: 42,8 %. */
function inPerCent(figure: Part): string {
  const share = shareOf(figure);
  return share === null ? 'không có số liệu' : `${String(share).replace('.', ',')} %`;
}
