export {
  type ExportOptions,
  FORMATS,
  type Format,
  type FormatName,
} from '../export/registry.ts';
