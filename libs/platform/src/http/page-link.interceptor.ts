import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** Adds `Link: <…>; rel="next"` to every answer that is a page with a next one. */
export class PageLinkInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        const cursor = (answer as { next?: unknown } | null | undefined)?.next;
        if (typeof cursor === 'string') {
          const [path = '/', query = ''] = request.url.split('?');
          const parameters = new URLSearchParams(query);
          parameters.set('cursor', cursor);
          void reply.header('link', `<${path}?${parameters.toString()}>; rel="next"`);
        }
        return answer;
      }),
    );
  }
}
