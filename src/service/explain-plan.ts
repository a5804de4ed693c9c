export { type Explanation, explain as explainLine } from '../plan/explain.ts';
