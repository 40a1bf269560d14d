import type { Queryable } from '@siaga/storage';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type from 'typebox';
import { answerIn } from '../api-document/answers.js';
import { RequestError } from '../problem.js';
import { MONTH_PATTERN } from '../report/month.js';
import { reportCsv } from '../report/report-csv.js';
import { reportHtml } from '../report/report-html.js';
import { NoChromiumError } from '../report/report-pdf.js';
import { Report } from '../report/report-schema.js';
import { REPORT_POLICY } from '../report/report-style.js';
import { createReports, type ReportSettings } from '../report/reports.js';
import type { SchemaTypes } from '../schema-types.js';

const Month = Type.Optional(
  Type.String({ pattern: MONTH_PATTERN, description: 'such as 2026-10; the last one that is over when not given' }),
);
const Language = Type.Union([Type.Literal('id'), Type.Literal('en')], { default: 'id', description: 'of the words' });
const ReportQuery = Type.Object({ month: Month }, { additionalProperties: false });
const PageQuery = Type.Object({ month: Month, language: Language }, { additionalProperties: false });

// Of a month that has not begun there is none.
const config = { permission: 'read', problems: [404] } as const;
const told = <Q extends Type.TSchema, A extends object>(name: string, form: string, querystring: Q, answer: A) => ({
  ...{ operationId: name, tags: ['figures'], summary: `The transparency report of a month${form}` },
  ...{ querystring, response: { 200: answer } },
});

/** The transparency report of a month: its figures, and the page that is published. */
export async function reportRoutes(
  app: FastifyInstance,
  { db, settings }: { db: Queryable; settings: ReportSettings },
): Promise<void> {
  const typed = app.withTypeProvider<SchemaTypes>();
  const reports = createReports(db, settings);
  const reportOf = async (month: string | undefined): Promise<Report> => {
    const report = await reports.report(month);
    if (!report) throw new RequestError(404, `${month} has not begun`);
    return report;
  };
  const file = (reply: FastifyReply, { month }: Report, extension: string, language?: string) =>
    reply.header('cache-control', 'no-store').header(
      'content-disposition',
      // The page can be looked at first: its own policy lets nothing of it run.
      `${extension === 'html' ? 'inline' : 'attachment'}; filename="siaga-${month}${language ? `-${language}` : ''}.${extension}"`,
    );

  typed.get('/v1/report', { config, schema: told('getReport', '', ReportQuery, Report) }, async ({ query }, reply) => {
    reply.header('cache-control', 'no-store');
    return reportOf(query.month);
  });
  typed.get(
    '/v1/report.csv',
    {
      config,
      schema: told(
        ...(['downloadReportAsCsv', ', a figure a row', ReportQuery] as const),
        answerIn('text/csv', 'RFC 4180: month, table, platform, category, measure, value. Spans are in seconds.'),
      ),
    },
    async ({ query }, reply) => {
      const report = await reportOf(query.month);
      return file(reply, report, 'csv').type('text/csv; charset=utf-8; header=present').send(reportCsv(report));
    },
  );
  const page = told(
    ...(['downloadReportAsPage', ' as a page', PageQuery] as const),
    answerIn('text/html', 'A page that needs nothing else and runs no script.'),
  );
  typed.get('/v1/report.html', { config, schema: page }, async ({ query: { month, language } }, reply) => {
    const report = await reportOf(month);
    return file(reply, report, 'html', language)
      .header('content-security-policy', `${REPORT_POLICY}; frame-ancestors 'none'`)
      .type('text/html; charset=utf-8')
      .send(reportHtml(report, language));
  });
  // No HEAD: it would print.
  const paper = told(
    ...(['downloadReportAsPdf', ' on paper', PageQuery] as const),
    answerIn('application/pdf', 'The page, printed by Chromium; 404 where there is none.'),
  );
  typed.get(
    '/v1/report.pdf',
    { config, schema: paper, exposeHeadRoute: false },
    async ({ query: { month, language } }, reply) => {
      const report = await reportOf(month);
      const pdf = await reports.pdf(report, language).catch((error: unknown) => {
        if (error instanceof NoChromiumError) throw new RequestError(404, `${error.message}; or print /v1/report.html`);
        throw error;
      });
      return file(reply, report, 'pdf', language).type('application/pdf').send(pdf);
    },
  );
}
