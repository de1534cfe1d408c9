import { type IHeaders, type KafkaMessage } from 'kafkajs';
import { recordedEvent } from '../../test/corridor-events.ts';
import { laneOf } from '../lane.ts';
import { type RecordedEvent } from '#events';
import {
  decodeRecord,
  encodeRecord,
  isSealedRecord,
  placeOfRecord,
  UnreadableRecordError,
} from './event-record.ts';

const source = '/corridor-watch/ledger/a';
const lane = laneOf('rafah');
const event = {
  ...recordedEvent(7, 'rafah'),
  validFrom: '2022-12-12',
  causationId: 'a cause',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

/** As it comes back from the broker: every header as bytes. */
function travelled(change: IHeaders = {}, value?: string | null): KafkaMessage {
  const message = encodeRecord(source, { event, lane, previous: 3 }, undefined);
  const headers = Object.entries({ ...message.headers, ...change }).filter(
    ([, header]) => header !== undefined,
  );
  return {
    key: Buffer.from(String(message.key)),
    value: value === null ? null : Buffer.from(value ?? String(message.value)),
    headers: Object.fromEntries(headers.map(([name, header]) => [name, Buffer.from(String(header))])),
    timestamp: '0',
    attributes: 0,
    offset: '0',
  };
}

describe('an event as a Kafka record', () => {
  it('comes back as it was sent', () => {
    expect(decodeRecord(lane, travelled())).toEqual(event);
  });

  it('comes back with nothing where there was nothing', () => {
    const bare = recordedEvent(7, 'rafah');
    const change = { ce_validfrom: undefined, ce_causationid: undefined, traceparent: undefined };
    expect(decodeRecord(lane, travelled(change))).toEqual(bare);
  });

  it('is a CloudEvent 1.0 in binary mode', () => {
    const { headers, key, partition } = encodeRecord(source, { event, lane, previous: 3 }, undefined);
    expect(headers).toMatchObject({
      ce_specversion: '1.0',
      ce_id: event.eventId,
      ce_source: source,
      ce_type: 'CorridorRegistered',
      ce_time: event.recordedAt,
      ce_subject: event.streamId,
      'content-type': 'application/json',
      traceparent: event.traceparent,
    });
    expect({ key, partition }).toEqual({ key: 'rafah', partition: lane });
  });

  it('names its extensions with lower-case letters and digits alone', () => {
    const names = Object.keys(encodeRecord(source, { event, lane, previous: 3 }, undefined).headers ?? {});
    const attributes = names.filter((name) => name.startsWith('ce_')).map((name) => name.slice(3));
    expect(attributes.filter((name) => !/^[a-z0-9]+$/.test(name))).toEqual([]);
  });

  it('tells where it stands in its lane', () => {
    expect(placeOfRecord(source, lane, travelled())).toEqual({ lane, position: 7, previous: 3 });
  });

  it.each([
    ['of another ledger', { ce_source: '/corridor-watch/ledger/b' }, 'ce_source'],
    ['without a position', { ce_position: undefined }, 'ce_position'],
    ['with a position that is no number', { ce_position: '7e3' }, 'ce_position'],
    ['that follows itself', { ce_previousposition: '7' }, 'ce_previousposition'],
  ])('has no place when it is %s', (_what, change, header) => {
    expect(() => placeOfRecord(source, lane, travelled(change))).toThrow(`header ${header}`);
  });

  it.each([
    ['of another version of CloudEvents', { ce_specversion: '0.3' }, 'ce_specversion'],
    ['in another encoding', { 'content-type': 'application/avro' }, 'content-type'],
    ['without an id', { ce_id: undefined }, 'ce_id'],
    ['in the wrong lane', { ce_key: 'lachin-corridor' }, 'ce_key'],
  ])('cannot be read when it is %s', (_what, change, header) => {
    expect(() => decodeRecord(lane, travelled(change))).toThrow(`header ${header}`);
  });

  it.each([
    ['is missing', null],
    ['is cut off', '{"corridor":"raf'],
    ['is of another shape', '{"corridor":"rafah"}'],
  ])('cannot be read when its value %s', (_what, value) => {
    expect(() => decodeRecord(lane, travelled({}, value))).toThrow(/^value/);
  });

  it('cannot be read when its payload is newer than this version knows', () => {
    expect(() => decodeRecord(lane, travelled({ ce_dataversion: '9' }))).toThrow(UnreadableRecordError);
  });

  it('cannot be read when its type is unknown', () => {
    expect(() => decodeRecord(lane, travelled({ ce_type: 'BridgeBuilt' }))).toThrow(/BridgeBuilt/);
  });
});

describe('an event whose payload can be erased', () => {
  const salt = new Uint8Array(16).fill(7);
  const statement: RecordedEvent = {
    ...event,
    type: 'StatementReviewed',
    payload: { statementId: event.eventId, reviewer: 'Desk', note: 'It says quillwort.' },
  };
  const record = (given: Uint8Array | undefined = salt, change: IHeaders = {}): KafkaMessage => {
    const message = encodeRecord(source, { event: statement, lane, previous: 3 }, given);
    const headers = { ...message.headers, ...change };
    return {
      ...travelled(),
      value: message.value as Buffer,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, header]) => [name, Buffer.from(String(header))]),
      ),
    } as KafkaMessage;
  };

  it('travels sealed, and comes back with its salt', () => {
    expect(isSealedRecord(record())).toBe(true);
    expect(isSealedRecord(travelled())).toBe(false);
    expect(record().value?.includes('quillwort')).toBe(false);
    expect(decodeRecord(lane, record(), salt)).toEqual(statement);
  });

  it('is sealed otherwise each time', () => {
    expect(record().value?.equals(record().value!)).toBe(false);
  });

  it.each<[string, KafkaMessage, Uint8Array | undefined]>([
    ['without its salt', record(), undefined],
    ['with another salt', record(), new Uint8Array(16)],
    ['when its salt was gone before it was sent', { ...record(), value: lostRecord().value }, salt],
    ['as another event', record(salt, { ce_position: '8' }), salt],
    ['when it was altered', { ...record(), value: altered(record().value!) }, salt],
    ['when it is cut off', { ...record(), value: record().value!.subarray(0, 20) }, salt],
  ])('cannot be read %s', (_what, message, given) => {
    expect(() => decodeRecord(lane, message, given)).toThrow(/^value/);
  });

  it('is read as it was sent by a release that did not seal', () => {
    const plain = {
      ...record(salt, { 'content-type': 'application/json' }),
      value: Buffer.from(JSON.stringify(statement.payload)),
    };
    expect(decodeRecord(lane, plain)).toEqual(statement);
  });

  function lostRecord(): KafkaMessage {
    const { value } = encodeRecord(source, { event: statement, lane, previous: 3 }, undefined);
    return { ...travelled(), value: value as Buffer };
  }

  function altered(value: Buffer): Buffer {
    const bytes = Buffer.from(value);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    return bytes;
  }
});
