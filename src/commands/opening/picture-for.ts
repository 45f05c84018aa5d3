import type { Context } from '../context.ts';
import { themeOf } from '../theme.ts';
import type { PictureFor } from './picture.ts';

/** What a picture must be for, to be shown here. */
export function pictureFor(
  context: Context,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): PictureFor {
  const version = process.env['JOELCLAW_VERSION'] ?? 'unreleased';
  return { version, columns, rows, theme: themeOf(context), clock: context.options.clock };
}
