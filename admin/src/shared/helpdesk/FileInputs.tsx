import * as React from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Paperclip } from '@strapi/icons';
import { useText } from '../hooks/useText';
import { IconOnPhone } from '../components/IconOnPhone';

/** Opens the system's dialog to choose files. */
export function AttachButton({ onFiles }: { onFiles(files: File[]): void }) {
  const text = useText();
  const input = React.useRef<HTMLInputElement>(null);
  return (
    <>
      <IconOnPhone type="button" variant="tertiary" size="S" startIcon={<Paperclip />} onClick={() => input.current?.click()}>
        {text('compose.attach')}
      </IconOnPhone>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={text('compose.attach')}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}

/** Takes files that are dropped anywhere on what it holds. */
export function DropZone({ onFiles, children }: { onFiles(files: File[]): void; children: React.ReactNode }) {
  const text = useText();
  const [isOver, setIsOver] = React.useState(false);
  const hasFiles = ({ dataTransfer }: React.DragEvent) => dataTransfer.types.includes('Files');
  return (
    <Box
      position="relative"
      onDragOver={(event: React.DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event: React.DragEvent) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setIsOver(false)}
      onDrop={(event: React.DragEvent) => {
        setIsOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <Flex
          position="absolute"
          zIndex={5}
          justifyContent="center"
          background="primary100"
          borderColor="primary600"
          borderStyle="dashed"
          borderWidth="2px"
          hasRadius
          style={{ inset: 0, opacity: 0.95, pointerEvents: 'none' }}
        >
          <Typography fontWeight="bold" textColor="primary700">
            {text('compose.drop')}
          </Typography>
        </Flex>
      )}
    </Box>
  );
}
