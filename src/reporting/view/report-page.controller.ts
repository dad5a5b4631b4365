import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../platform/access/access.decorators.js';

const folder = new URL('../../../../web/report-page/', import.meta.url);
const [page, script, style] = ['index.html', 'page.js', 'page.css'].map((file) => readFileSync(new URL(file, folder), 'utf8')) as [
  string,
  string,
  string,
];

/** Scripts and styles come from here alone; pictures are those that the page has fetched with its token. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Charts have their styles in them.
  "style-src 'self' 'unsafe-inline'",
  'img-src blob: data:',
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page for analysts that shows what the report endpoints answer: it has no data of its own, and signs in like every other client. */
@ApiExcludeController()
@Controller('reports/view')
@Public()
export class ReportPageController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', policy)
  @Header('cache-control', 'no-cache')
  page(): string {
    return page;
  }

  @Get('page.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'no-cache')
  script(): string {
    return script;
  }

  @Get('page.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'no-cache')
  style(): string {
    return style;
  }
}
