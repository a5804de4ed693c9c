export { readCohortCsv } from '../../input/cohort-csv.ts';
