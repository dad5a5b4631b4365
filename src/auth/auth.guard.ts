import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.js';
import { AccessTokens } from './access-tokens.js';
import { accessKey } from './access.decorators.js';
import type { Role } from './official.js';

/** Every route is closed unless it says whom it is open to. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<'public' | Role[] | undefined>(accessKey, [context.getHandler(), context.getClass()]);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    const caller = scheme?.toLowerCase() === 'bearer' && token ? await this.tokens.read(token) : null;
    if (!caller) throw unauthenticated();
    if (!access?.some((role) => caller.roles.includes(role))) throw forbidden(access ?? []);
    request.caller = caller;
    return true;
  }
}

function unauthenticated(): Problem {
  return new Problem('unauthenticated', {
    vi: 'Gửi kèm "Authorization: Bearer <accessToken>" còn hạn, lấy từ POST /api/v1/auth/token.',
    en: 'Send "Authorization: Bearer <accessToken>" with a token that is valid, from POST /api/v1/auth/token.',
  });
}

function forbidden(allowed: readonly Role[]): Problem {
  return new Problem('forbidden', {
    vi: `Cần một trong các vai trò: ${allowed.join(', ') || 'không có'}.`,
    en: `Needs one of the roles: ${allowed.join(', ') || 'none'}.`,
  });
}
