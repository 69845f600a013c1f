import { Button, CopyButton } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import { useComponentTexts } from '../../../components/useComponentTexts.ts';
import { useTexts } from '../useTexts.ts';
import classes from './Snippet.module.css';

/** Code to paste elsewhere, with a button that copies it. */
export function Snippet({ code }: { readonly code: string }) {
  const texts = useTexts().setup;
  const { copied: copiedText } = useComponentTexts();
  return (
    <div className={classes.snippet}>
      <section
        aria-label={texts.code}
        className={classes.code}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
      >
        <pre>
          <code>{code}</code>
        </pre>
      </section>
      <div className={classes.bar}>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            >
              {copied ? copiedText : texts.copy}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
