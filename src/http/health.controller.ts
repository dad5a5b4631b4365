import { Controller, Get, Header, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.decorators.js';
import { Primary, type PrimaryState } from '../database/primary.js';
import { type Bilingual, Problem } from '../problems/problem.js';
import { Problems } from './api-problems.js';

/** Seconds after which it is worth asking again. */
const retryAfter = 5;

const reasons: Record<Exclude<PrimaryState, 'ready'>, Bilingual> = {
  away: { vi: 'Không kết nối được cơ sở dữ liệu.', en: 'The database does not answer.' },
  'read-only': { vi: 'Cơ sở dữ liệu đang chỉ cho đọc, không ghi được.', en: 'The database is read only and takes no writes.' },
  outdated: { vi: 'Cơ sở dữ liệu chưa được nâng cấp cho phiên bản này.', en: 'Migrations of this version are missing.' },
};

class HealthAnswer {
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

@ApiTags('operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(private readonly primary: Primary) {}

  @Get('live')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Tiến trình còn chạy – the process runs' })
  @ApiResponse({ status: 200, type: HealthAnswer })
  live(): HealthAnswer {
    return { status: 'ok' };
  }

  /** Ready to serve: the database answers, takes writes and has the schema that this version needs. Answers within two seconds. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Sẵn sàng phục vụ – the database answers, takes writes and has all migrations' })
  @ApiResponse({ status: 200, type: HealthAnswer })
  @Problems('service-unavailable')
  async ready(): Promise<HealthAnswer> {
    const state = await this.primary.state();
    if (state === 'ready') return { status: 'ok' };
    throw new Problem('service-unavailable', reasons[state], [], { database: state, retryAfter });
  }
}
