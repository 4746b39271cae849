import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

interface StatusWordProps {
  /** That of the status around it. */
  variant: string;
  /** Cut where it is longer than its room. */
  ellipsis?: boolean;
  children: string;
}

/** The word of a status. The design system's orange is too pale to be read on its ground: it is mixed with the colour of text. */
export const StatusWord = ({ variant, ellipsis, children }: StatusWordProps) => {
  const word = (
    <Typography tag="span" variant="pi" fontWeight="bold" ellipsis={ellipsis} style={{ whiteSpace: 'nowrap' }}>
      {children}
    </Typography>
  );
  return variant === 'warning' ? <Readable>{word}</Readable> : word;
};

const Readable = styled.span`
  display: contents;

  & > span {
    color: ${({ theme: { colors } }) => `color-mix(in srgb, ${colors.warning700} 70%, ${colors.neutral800})`};
  }
`;
