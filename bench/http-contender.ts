import { Agent, get } from 'node:http';
import { type Contender } from './side-by-side.ts';

/** Asks one question again and again over kept connections, and remembers how long each answer took. */
export class HttpContender implements Contender {
  readonly latenciesMs: number[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async once(): Promise<number> {
    const before = performance.now();
    await this.answered();
    this.latenciesMs.push(performance.now() - before);
    return 1;
  }

  close(): void {
    this.agent.destroy();
  }

  private answered(): Promise<void> {
    return new Promise((resolve, reject) => {
      get(this.url, { agent: this.agent }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${this.url} answered ${answer.statusCode ?? ''}`));
        answer.resume().once('end', resolve);
      }).once('error', reject);
    });
  }
}
