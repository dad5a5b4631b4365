import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problems } from '../platform/http/api-problems.js';
import { NotRepeatable } from '../platform/http/not-repeatable.decorator.js';
import { Problem } from '../platform/problems/problem.js';
import { Public } from '../platform/access/access.decorators.js';
import { ClientTokenResponse } from './auth.response.js';
import { ClientCredentialsService } from './client-credentials.service.js';
import { ClientTokenDto } from './dto/own-account.dto.js';

@ApiTags('auth')
@Controller('oauth')
export class ClientTokenController {
  constructor(private readonly clients: ClientCredentialsService) {}

  @Post('token')
  @NotRepeatable('It is about a session: what it hands out must lie nowhere.')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiConsumes('application/x-www-form-urlencoded', 'application/json')
  @ApiOperation({
    summary: 'Mã truy cập cho ứng dụng – a token for a service account (RFC 6749, client credentials)',
    description: 'Id and secret in the body, or by HTTP Basic. Problems carry `error` as RFC 6749 names it.',
  })
  @ApiResponse({ status: 200, type: ClientTokenResponse })
  @Problems('invalid-client', 'validation-failed')
  async issue(@Body() dto: ClientTokenDto, @Req() { headers }: FastifyRequest): Promise<ClientTokenResponse> {
    const basic = fromBasic(headers.authorization);
    const clientId = basic?.clientId ?? dto.client_id;
    const clientSecret = basic?.clientSecret ?? dto.client_secret;
    if (!clientId || !clientSecret) throw noCredentials();
    const { accessToken, expiresIn, scope } = await this.clients.issue({ clientId, clientSecret, scope: dto.scope });
    return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, scope };
  }
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function fromBasic(authorization: string | undefined): { clientId: string; clientSecret: string } | null {
  const [scheme, encoded] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return null;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const decode = (part: string): string => new URLSearchParams(`x=${part}`).get('x') ?? '';
  return { clientId: decode(id), clientSecret: decode(secret.join(':')) };
}

function noCredentials(): Problem {
  return new Problem(
    'invalid-client',
    {
      vi: 'Gửi client_id và client_secret trong nội dung hoặc bằng HTTP Basic.',
      en: 'Send client_id and client_secret in the body or by HTTP Basic.',
    },
    [],
    { error: 'invalid_client' },
  );
}
