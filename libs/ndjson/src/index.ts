export { linesOf, type Line } from './ndjson-lines.ts';
export { recordsOf, fieldFaults, type FieldFault, type RecordLine } from './ndjson-records.ts';
