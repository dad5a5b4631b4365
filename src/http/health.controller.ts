import { Controller, Get, Header, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Public } from '../auth/access.decorators.js';
import { Problem } from '../problems/problem.js';
import { Problems } from './api-problems.js';

/** Milliseconds. */
const askedEvery = 1000;

class HealthAnswer {
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

@ApiTags('operations')
@Controller('health')
@Public()
export class HealthController {
  private looked: { at: number; pending: Promise<boolean | null> } | undefined;

  constructor(private readonly dataSource: DataSource) {}

  @Get('live')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Tiến trình còn chạy – the process runs' })
  @ApiResponse({ status: 200, type: HealthAnswer })
  live(): HealthAnswer {
    return { status: 'ok' };
  }

  /** Ready to serve: the database answers and its schema is the one that this version needs. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Sẵn sàng phục vụ – database and migrations are in order' })
  @ApiResponse({ status: 200, type: HealthAnswer })
  @Problems('service-unavailable')
  async ready(): Promise<HealthAnswer> {
    const pending = await this.pendingMigrations();
    if (pending === false) return { status: 'ok' };
    throw new Problem(
      'service-unavailable',
      pending === null
        ? { vi: 'Không kết nối được cơ sở dữ liệu.', en: 'The database does not answer.' }
        : { vi: 'Cơ sở dữ liệu chưa được nâng cấp cho phiên bản này.', en: 'Migrations of this version are missing.' },
    );
  }

  /** Whether migrations are missing; null when the database does not answer. However many ask, the database is asked once a second. */
  private pendingMigrations(): Promise<boolean | null> {
    if (!this.looked || Date.now() - this.looked.at >= askedEvery)
      this.looked = { at: Date.now(), pending: this.dataSource.showMigrations().catch(() => null) };
    return this.looked.pending;
  }
}
