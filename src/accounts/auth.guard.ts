import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/problems/problem.js';
import { AccessTokens } from './access-tokens.js';
import { accessKey } from '../platform/access/access.decorators.js';
import { type Official, type Role, inWords } from '../platform/access/official.js';
import { type Permission, ruleOf, scopeOf } from '../platform/access/permissions.js';
import type { Scope } from '../platform/access/scopes.js';

/** The one guard: every route is closed unless it says which permission it needs, or that it is open to anybody. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = this.reflector.getAllAndOverride<'public' | Permission | undefined>(accessKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (permission === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    const caller = scheme?.toLowerCase() === 'bearer' && token ? await this.tokens.read(token) : null;
    if (!caller) throw unauthenticated();
    mustHave(caller, permission, request.method);
    request.caller = caller.scopes ? { ...caller, ...onBehalfOf(request) } : caller;
    return true;
  }
}

function mustHave(caller: Official, permission: Permission | undefined, method: string): void {
  if (!permission) throw forbidden([]);
  const rule = ruleOf(permission);
  if (!rule.roles.some((role) => caller.roles.includes(role))) throw forbidden(rule.roles);
  const scope = scopeOf(rule, method);
  if (caller.scopes && !caller.scopes.includes(scope)) throw outOfScope(scope);
  if (caller.mustChangePassword && permission !== 'own_account.keep') throw passwordChangeRequired();
}

/** A front-end says for whom it acts, for the record; it gets no rights by it. */
function onBehalfOf({ headers }: FastifyRequest): Pick<Official, 'onBehalfOf'> {
  const named = headers['on-behalf-of'];
  if (named === undefined) return {};
  if (typeof named === 'string' && /^[\w.@-]{1,100}$/.test(named)) return { onBehalfOf: named };
  throw new Problem('malformed-request', {
    vi: 'On-Behalf-Of phải gồm 1 đến 100 chữ cái không dấu, chữ số, ".", "_", "@" hoặc "-".',
    en: 'On-Behalf-Of must have 1 to 100 letters, digits, ".", "_", "@" or "-".',
  });
}

function unauthenticated(): Problem {
  return new Problem('unauthenticated', {
    vi: 'Gửi kèm "Authorization: Bearer <accessToken>" còn hạn, lấy từ POST /api/v1/auth/token.',
    en: 'Send "Authorization: Bearer <accessToken>" with a token that is valid, from POST /api/v1/auth/token.',
  });
}

function forbidden(allowed: readonly Role[]): Problem {
  return new Problem('forbidden', {
    vi: `Cần một trong các vai trò: ${inWords(allowed) || 'không có'}.`,
    en: `Needs one of the roles: ${allowed.join(', ') || 'none'}.`,
  });
}

function outOfScope(scope: Scope): Problem {
  return new Problem(
    'forbidden',
    { vi: `Mã truy cập không có phạm vi "${scope}".`, en: `The token does not have the scope "${scope}".` },
    [],
    { neededScope: scope },
  );
}

function passwordChangeRequired(): Problem {
  return new Problem('password-change-required', {
    vi: 'Hãy đổi mật khẩu tạm trước: POST /api/v1/auth/password.',
    en: 'Change the temporary password first: POST /api/v1/auth/password.',
  });
}
