import { Controller, Get, Header, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/access.decorators.js';
import { Primary, type PrimaryState } from '../database/primary.js';
import { type Bilingual, Problem } from '../problems/problem.js';
import { Problems } from './api-problems.js';
import { Stopping } from './stopping.js';

/** Seconds after which it is worth asking again. */
const retryAfter = 5;

const reasons: Record<Exclude<PrimaryState, 'ready'>, Bilingual> = {
  away: { vi: 'Không kết nối được cơ sở dữ liệu.', en: 'The database does not answer.' },
  'read-only': { vi: 'Cơ sở dữ liệu đang chỉ cho đọc, không ghi được.', en: 'The database is read only and takes no writes.' },
  outdated: { vi: 'Cơ sở dữ liệu chưa được nâng cấp cho phiên bản này.', en: 'Migrations of this version are missing.' },
};

const stopping: Bilingual = { vi: 'Hệ thống sắp dừng. Hãy hỏi máy chủ khác.', en: 'The server is about to stop. Ask another one.' };

class HealthResponse {
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

@ApiTags('operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly primary: Primary,
    private readonly stopping: Stopping,
  ) {}

  @Get('live')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Tiến trình còn chạy – the process runs' })
  @ApiResponse({ status: 200, type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  /** Ready to serve: not about to stop, and the database answers, takes writes and has the schema that this version needs. Answers within two seconds. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Sẵn sàng phục vụ – the database answers, takes writes and has all migrations' })
  @ApiResponse({ status: 200, type: HealthResponse })
  @Problems('service-unavailable')
  async ready(): Promise<HealthResponse> {
    if (this.stopping.isBegun) throw new Problem('service-unavailable', stopping, [], { retryAfter: 1 });
    const state = await this.primary.state();
    if (state === 'ready') return { status: 'ok' };
    throw new Problem('service-unavailable', reasons[state], [], { database: state, retryAfter });
  }
}
