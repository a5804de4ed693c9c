export {
  type ExportOptions,
  FORMATS,
  type Format,
} from '../../export/registry.ts';
