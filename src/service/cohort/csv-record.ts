export { csvRecord } from '../../export/sanitize.ts';
