/** Where a unit writes what it says: data, which others read. */
export type LogSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'journal'; readonly unit: string; readonly user: boolean }
  | {
      readonly kind: 'pod';
      readonly cluster: string;
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
      /** The run before the one that goes on or ended last is worth reading too. */
      readonly hasPrevious: boolean;
    };
