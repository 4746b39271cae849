import { styled } from 'styled-components';

/** react-querybuilder's boxes in the design system's colours; on a phone a condition's parts stand below each other. */
export const ConditionsLook = styled.div`
  .ruleGroup {
    display: flex;
    flex-direction: column;
    gap: 1.2rem;
    padding: 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: ${({ theme }) => theme.borderRadius};
    background: ${({ theme }) => theme.colors.neutral0};
  }

  .ruleGroup .ruleGroup {
    border-left: 4px solid ${({ theme }) => theme.colors.primary200};
    background: ${({ theme }) => theme.colors.neutral100};
  }

  .ruleGroup .ruleGroup .ruleGroup {
    background: ${({ theme }) => theme.colors.neutral0};
  }

  .ruleGroup-header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.8rem;
  }

  .ruleGroup-body {
    display: flex;
    flex-direction: column;
    gap: 0.8rem;
  }

  .rule {
    display: flex;
    align-items: flex-start;
    gap: 0.8rem;
  }

  .rule > * {
    flex: 1 1 0;
    min-width: 0;
  }

  .rule > .shiftActions,
  .rule > button,
  .rule > span:last-child {
    flex: none;
  }

  .rule-value,
  .rule-fields:has(input) {
    flex: 2 1 0;
  }

  /* "is empty" compares with nothing: the names have its room. */
  .rule-value:empty {
    display: none;
  }

  @media (max-width: 768px) {
    .rule {
      flex-direction: column;
      align-items: stretch;
      padding-bottom: 1.2rem;
      border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
    }

    .rule > button {
      align-self: flex-end;
    }
  }
`;
