import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { RequireScope } from '#access';
import { ProjectionHosts } from './projection-hosts.ts';

// The core rule does not see uses in decorators.
// eslint-disable-next-line no-useless-assignment
const nameInput = z.string().min(1).max(300);

/** For operators: `/health/ready` names parked keys with the reason; when the reason is gone, they are released. */
@Controller('v1/projections')
@RequireScope('admin')
export class ProjectionsController {
  constructor(@Inject(ProjectionHosts) private readonly hosts: ProjectionHosts) {}

  @Post(':projector/parked/:key/release')
  @HttpCode(200)
  async release(
    @Param('projector', { schema: nameInput }) projector: string,
    @Param('key', { schema: nameInput }) key: string,
  ): Promise<{ appliedCount: number }> {
    return { appliedCount: await this.hosts.release(projector, key) };
  }
}
