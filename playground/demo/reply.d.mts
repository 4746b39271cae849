export function replyAsCustomer(
  text: string,
  options: { imapPort: number; smtpPort: number; customers: string[] },
): Promise<{ customer: string; subject: string } | null>;
