import { type IHeaders, type KafkaMessage } from 'kafkajs';
import { recordedEvent } from '../../test/corridor-events.ts';
import { laneOf } from '../lane.ts';
import { decodeRecord, encodeRecord, placeOfRecord, UnreadableRecordError } from './event-record.ts';

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
  const message = encodeRecord(source, { event, lane, previous: 3 });
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
    const { headers, key, partition } = encodeRecord(source, { event, lane, previous: 3 });
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
    const names = Object.keys(encodeRecord(source, { event, lane, previous: 3 }).headers ?? {});
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
