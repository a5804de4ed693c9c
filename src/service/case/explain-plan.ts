export { explain as explainLine } from '../../plan/explain.ts';
