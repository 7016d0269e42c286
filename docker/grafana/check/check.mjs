// Checks dashboards against the types that Grafana publishes: node check.mjs FOLDER
//
// Each file is written as a TypeScript literal of the published types, which refuses unknown keys and wrong values, and compiled:
// the dashboard as a whole, and each panel's options, field settings and overrides by the type of the panel.
import { readFileSync, readdirSync, writeFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const build = join(here, 'node_modules', '.check');
const types = '../@grafana/schema/dist/types/raw';
const panels = {
  timeseries: 'TimeSeriesPanelCfg',
  stat: 'StatPanelCfg',
  bargauge: 'BarGaugePanelCfg',
  barchart: 'BarChartPanelCfg',
  table: 'TablePanelCfg',
  'state-timeline': 'StateTimelinePanelCfg',
};
const withCustom = ['timeseries', 'barchart', 'table', 'state-timeline'];

const header = `
import type { Dashboard, FieldConfig } from '${types}/dashboard/x/dashboard_types.gen';
${Object.entries(panels)
  .map(([id, name]) => {
    const path = `${types}/composable/${id.replace('-', '')}/panelcfg/x/${name}_types.gen`;
    return `import type * as ${name} from '${path}';`;
  })
  .join('\n')}
// An enum as the text or number that stands for it in JSON.
type Plain<T> = T extends string ? (string extends T ? string : \`\${T}\`)
  : T extends number ? (\`\${number}\` extends \`\${T}\` ? number : \`\${T}\` extends \`\${infer N extends number}\` ? N : never)
  : T extends (infer U)[] ? Plain<U>[]
  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type Source = { type: 'prometheus'; uid: 'eddy-prometheus' } | { type: 'grafana-postgresql-datasource'; uid: 'eddy-postgres' };
// The queries of these two sources are not among the published types.
type Query = { refId: string; datasource: Source; editorMode: 'code' } & (
  | { expr: string; legendFormat: string; range: boolean; instant: boolean }
  | { rawQuery: true; format: 'time_series' | 'table'; rawSql: string });
`;

function source(file) {
  const dashboard = JSON.parse(readFileSync(file, 'utf8'));
  const lines = [header];
  const check = (type, value) =>
    lines.push(`export const check${lines.length}: ${type} = ${JSON.stringify(value, null, 1)};`);
  // The published type of an annotation's query knows Grafana's own annotations alone.
  for (const annotation of dashboard.annotations.list) {
    check('Query', annotation.target);
    delete annotation.target;
  }
  check('Plain<Dashboard>', dashboard);
  for (const panel of dashboard.panels) {
    const name = panels[panel.type];
    if (!name) {
      throw new Error(`${file}: panel ${panel.title}: expected one of ${Object.keys(panels)}, found ${panel.type}`);
    }
    const custom = withCustom.includes(panel.type) ? `Plain<Partial<${name}.FieldConfig>>` : 'Record<string, never>';
    check(`Plain<Partial<${name}.Options>>`, panel.options);
    check(`Plain<FieldConfig>`, panel.fieldConfig.defaults);
    check(custom, panel.fieldConfig.defaults.custom ?? {});
    for (const { properties } of panel.fieldConfig.overrides) {
      for (const { id, value } of properties) {
        const own = id.startsWith('custom.');
        check(own ? custom : 'Plain<FieldConfig>', { [own ? id.slice('custom.'.length) : id]: value });
      }
    }
    panel.targets.forEach((target) => check('Query', target));
  }
  return lines.join('\n');
}

rmSync(build, { recursive: true, force: true });
mkdirSync(build, { recursive: true });
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const roots = files.map((name) => {
  const root = join(build, basename(name, '.json') + '.ts');
  writeFileSync(root, source(join(folder, name)));
  return root;
});
const program = ts.createProgram(roots, {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ESNext,
});
const problems = ts.getPreEmitDiagnostics(program);
if (problems.length > 0 || files.length === 0) {
  console.error(ts.formatDiagnostics(problems, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => build,
    getNewLine: () => '\n',
  }));
  process.exit(1);
}
console.log(`${files.length} dashboards keep to Grafana's types`);
