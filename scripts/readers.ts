import path from 'node:path';
import { aspects, differences, mailsIn, reasonOf, type Difference } from '../tests/message/two-readers';

/** `npm run readers [-- FOLDER]`: our reader beside mailparser on every mail below a folder, by default our own fixtures. */

const folder = process.argv[2] ?? path.resolve('tests/message/fixtures');
const files = mailsIn(folder);
const found: Difference[] = [];
const refused: string[] = [];

async function compare(): Promise<void> {
  for (const file of files) {
    await differences(folder, file).then(
      (some) => found.push(...some),
      (error: Error) => refused.push(`${file}: ${error.message}`),
    );
  }
  console.log(`${files.length} mails, ${new Set(found.map(({ file }) => file)).size} of them differ, ${refused.length} refused`);
  console.table(Object.fromEntries(aspects.map((aspect) => [aspect, { differ: found.filter((each) => each.aspect === aspect).length }])));
  const reasons = found.map((each) => reasonOf(each) ?? 'NOT EXPLAINED');
  const counts = [...new Set(reasons)].map((reason) => ({ differ: reasons.filter((each) => each === reason).length, reason }));
  console.table(counts.sort((a, b) => b.differ - a.differ));
  for (const each of found.filter((difference) => reasonOf(difference) === null)) console.log(`${each.file}, ${each.aspect}`);
  for (const line of refused) console.log(line);
}

void compare();
