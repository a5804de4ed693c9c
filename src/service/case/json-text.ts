export { safeJson } from '../../export/sanitize.ts';
