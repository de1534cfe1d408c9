import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type buildConnector } from 'undici';
import { type CheckedTarget } from './address.guard.ts';
import { connectFault, DialFault, tlsFault } from './dial.fault.ts';

export interface ConnectorSettings {
  /** TCP and TLS together, over all addresses tried. */
  readonly connectTimeoutMs: number;
  /** PEM; empty means the roots that Node ships. */
  readonly certificateAuthorities: readonly string[];
}

/** A name may have many addresses; a few tries tell whether the host is there. */
const addressCountMax = 3;

/**
 * Dials the addresses that the guard checked and nothing else. undici hands a host name to its connector and skips
 * its lookup hook for literals, so neither the name nor that hook may have a say here.
 */
export function checkedConnector(
  target: CheckedTarget,
  settings: ConnectorSettings,
  signal: AbortSignal,
  onConnected: (socket: Socket) => void,
): buildConnector.connector {
  return ({ protocol, port }, callback) => {
    dial(target, Number(port) || (protocol === 'https:' ? 443 : 80), settings, signal).then(
      (socket) => {
        onConnected(socket);
        callback(null, socket);
      },
      (error: unknown) => {
        callback(error as Error, null);
      },
    );
  };
}

async function dial(
  target: CheckedTarget,
  port: number,
  settings: ConnectorSettings,
  signal: AbortSignal,
): Promise<Socket> {
  const addresses = target.addresses.slice(0, addressCountMax);
  const attempt = AbortSignal.any([signal, AbortSignal.timeout(settings.connectTimeoutMs)]);
  const tcp = await connectToOneOf(addresses, port, settings.connectTimeoutMs / addresses.length, attempt);
  // From here on the host is there: what is wrong with its certificate is no reason to try another address.
  return target.url.protocol === 'https:' ? handshake(tcp, target.host, settings, attempt) : tcp;
}

async function connectToOneOf(
  addresses: readonly string[],
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  const faults: DialFault[] = [];
  for (const address of addresses) {
    try {
      return await connect(address, port, timeoutMs, signal);
    } catch (fault) {
      faults.push(fault as DialFault);
      if (signal.aborted) break;
    }
  }
  throw faults[0] ?? new DialFault('connect_failed', 'The name has no address to dial');
}

async function connect(host: string, port: number, timeoutMs: number, outer: AbortSignal): Promise<Socket> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(timeoutMs)]);
  const tcp = connectTcp({ host, port, noDelay: true });
  try {
    await once(tcp, 'connect', { signal });
    return tcp;
  } catch (error) {
    tcp.destroy();
    if (!signal.aborted) throw connectFault(error);
    throw new DialFault('connect_timeout', 'The connection did not stand in time', { cause: error });
  }
}

async function handshake(
  socket: Socket,
  host: string,
  { certificateAuthorities }: ConnectorSettings,
  signal: AbortSignal,
): Promise<Socket> {
  const tls = connectTls({
    socket,
    // An address is no server name (RFC 6066); its certificate is checked against `host`.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    ...(certificateAuthorities.length > 0 ? { ca: [...certificateAuthorities] } : {}),
  });
  try {
    await once(tls, 'secureConnect', { signal });
    return tls;
  } catch (error) {
    tls.destroy();
    if (!signal.aborted) throw tlsFault(error);
    throw new DialFault('tls_timeout', 'The TLS handshake did not end in time', { cause: error });
  }
}
