/** How a cell looks. */
export interface CellStyle {
  bold?: boolean;
  italic?: boolean;
  /** In points. */
  size?: number;
  /** A thin line on every side. */
  border?: boolean;
  horizontal?: 'left' | 'center' | 'right';
  vertical?: 'top' | 'center';
  wrap?: boolean;
  /** Code of numbers: `#,##0.######`. */
  format?: string;
}

/** The script of papers (Decree 30/2020 on records, annex I). */
const fontName = 'Times New Roman';
const usualSize = 11;
/** Numbers below are those of formats that Excel has built in. */
const firstOwnFormat = 164;

/** The looks of a workbook, each once (ECMA-376 18.8). */
export class Styles {
  private readonly fonts = new Numbered('<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>');
  private readonly formats = new Numbered();
  private readonly looks = new Numbered('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>');
  /** By the object itself: the same few are used for every row. */
  private readonly known = new WeakMap<CellStyle, number>();

  numberOf(style: CellStyle): number {
    const known = this.known.get(style);
    if (known !== undefined) return known;
    const number = this.looks.styleOf(this.lookOf(style));
    this.known.set(style, number);
    return number;
  }

  xml(): string {
    const formats = this.formats.all.map((code, index) => `<numFmt numFmtId="${firstOwnFormat + index}" formatCode="${code}"/>`);
    const side = (name: string) => `<${name} style="thin"><color auto="1"/></${name}>`;
    const borders = `<border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border>`;
    return [
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
      formats.length > 0 ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : '',
      `<fonts count="${this.fonts.all.length}">${this.fonts.all.join('')}</fonts>`,
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
      `<borders count="2">${borders}</borders>`,
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      `<cellXfs count="${this.looks.all.length}">${this.looks.all.join('')}</cellXfs>`,
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      '</styleSheet>',
    ].join('');
  }

  private lookOf({ bold, italic, size = usualSize, border, horizontal, vertical, wrap, format }: CellStyle): string {
    const font = this.fonts.styleOf(
      `<font>${bold ? '<b/>' : ''}${italic ? '<i/>' : ''}<sz val="${size}"/><name val="${fontName}"/><family val="1"/></font>`,
    );
    const numFmt = format === undefined ? 0 : firstOwnFormat + this.formats.styleOf(format);
    const alignment = [horizontal && `horizontal="${horizontal}"`, vertical && `vertical="${vertical}"`, wrap && 'wrapText="1"'].filter(
      Boolean,
    );
    return `<xf numFmtId="${numFmt}" fontId="${font}" fillId="0" borderId="${border ? 1 : 0}" xfId="0" applyFont="1"${numFmt ? ' applyNumberFormat="1"' : ''}${border ? ' applyBorder="1"' : ''}${alignment.length > 0 ? ` applyAlignment="1"><alignment ${alignment.join(' ')}/></xf>` : '/>'}`;
  }
}

/** Texts with numbers from 0 on in the order in which they came. */
class Numbered {
  private readonly numbers = new Map<string, number>();

  constructor(...first: string[]) {
    for (const text of first) this.styleOf(text);
  }

  get all(): string[] {
    return [...this.numbers.keys()];
  }

  styleOf(text: string): number {
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return number;
  }
}
