import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { type Pool } from 'pg';
import { MissingKeyError, MissingScopeError, UnknownKeyError } from './access.refusals.ts';
import { findPrincipal, type Principal, type Scope } from './api-keys.ts';

export const ACCESS_POOL = Symbol('access pool');
export const PUBLIC_READ = Symbol('public read');

const rule = 'access rule';

/** The route needs a key with this scope; `admin` opens every route. */
export const RequireScope = (scope: Scope) => SetMetadata(rule, scope);

/** Open to everyone while PUBLIC_READ is on; else any living key will do. */
export const PublicRead = () => SetMetadata(rule, 'public read');

const principals = new WeakMap<FastifyRequest, Principal>();

/** Who sent the request; undefined on routes that need no key. */
export function principalOf(request: FastifyRequest): Principal | undefined {
  return principals.get(request);
}

/** Looks the key up on every request, so that a revoked key stops to work at once. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(ACCESS_POOL) private readonly pool: Pool,
    @Inject(PUBLIC_READ) private readonly publicRead: boolean,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Scope | 'public read' | undefined>(rule, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    if (needed === undefined || (needed === 'public read' && this.publicRead)) return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticate(request);
    // Also of whom is refused it is known who asked.
    principals.set(request, principal);
    if (
      needed !== 'public read' &&
      !principal.scopes.includes(needed) &&
      !principal.scopes.includes('admin')
    ) {
      throw new MissingScopeError(needed);
    }
    return true;
  }

  private async authenticate(request: FastifyRequest): Promise<Principal> {
    const header = request.headers.authorization;
    if (header === undefined) throw new MissingKeyError();
    const key = /^Bearer (cw_[\w-]{22,100})$/i.exec(header)?.[1];
    const principal = key === undefined ? null : await findPrincipal(this.pool, key);
    if (principal === null) throw new UnknownKeyError();
    return principal;
  }
}
