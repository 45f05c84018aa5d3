interface DialogBinding {
  readonly keys: readonly string[];
  readonly words: string;
  readonly act: 'agree' | 'force' | 'leave' | 'scroll';
}

/** The table of keys upon a question. `enter` leaves: whoever types on does not act. */
export const dialogKeymap: readonly DialogBinding[] = [
  { keys: ['y'], words: 'do what is asked about', act: 'agree' },
  { keys: ['F'], words: 'do it in spite of what speaks against it', act: 'force' },
  {
    keys: ['j', 'k', 'pgdn', 'pgup'],
    words: 'read a plan to its end; choose',
    act: 'scroll',
  },
  { keys: ['n', 'esc', 'q', 'enter'], words: 'leave: nothing is done', act: 'leave' },
];
