import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { type Pool } from 'pg';
import { z } from 'zod';
import { ACCESS_POOL, issueKey, listKeys, RequireScope, revokeKey, scope } from '#access';
import { storableText } from '#events';
import { NotFoundError } from '#platform';

const keyInput = z.strictObject({
  name: storableText.pipe(z.string().trim().min(1).max(100)),
  scopes: z.array(scope).min(1).max(scope.options.length),
});

/** Keys are state of the deployment, not facts about corridors: they are kept out of the ledger. */
@Controller('v1/keys')
@RequireScope('admin')
export class KeysController {
  constructor(@Inject(ACCESS_POOL) private readonly pool: Pool) {}

  @Post()
  async issue(@Body({ schema: keyInput }) { name, scopes }: z.output<typeof keyInput>) {
    return issueKey(this.pool, name, scopes);
  }

  @Get()
  async list() {
    return { items: await listKeys(this.pool), next: null };
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param('id', { schema: storableText.pipe(z.string().max(100)) }) id: string): Promise<void> {
    if (!(await revokeKey(this.pool, id)))
      throw new NotFoundError(`There is no living key "${id}" to revoke.`);
  }
}
