export interface InstanceSettings {
  readonly port: number;
  readonly dataDir: string;
  /** The admin key. */
  readonly key: string;
}

/** Nothing else of our own environment reaches the instance, so that nobody's database or broker is touched. */
export function instanceEnvironment({ port, dataDir, key }: InstanceSettings): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    PORT: String(port),
    DATA_DIR: dataDir,
    CORRIDOR_WATCH_ADMIN_KEY: key,
  };
}
