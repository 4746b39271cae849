#!/usr/bin/env bash
# Mail::Thread 2.55 and Email::Thread 0.713 (Perl): one letter without Message-ID and no thread is made at all; of two letters with one id the first is gone.
#
# Guess: a letter without an id stands alone (the field is optional, RFC 5322 section 3.6.4); a copy stands beside the original; AW: is an answer as Re: is.
# Seen:  thread() dies at the first such letter. The second of two with one id takes the place of the first. By their subjects Re: joins, AW: and Re[2]: do not.
# Hurts: one letter of a scanner or a web form in the folder and the archive has no threads; a letter that a list sent once more hides what was written.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs/partial root
apt-cache show libmail-thread-perl >/dev/null 2>&1 || apt-get update -qq
apt-get install -qq -y --reinstall --allow-downgrades --no-install-recommends --download-only -o Dir::Cache::archives="$work/debs" -o Debug::NoLocking=1 -o APT::Sandbox::User=root libmail-thread-perl=2.55-3 libemail-thread-perl=0.713-1 libemail-simple-perl=2.218-1 libemail-abstract-perl=3.009-2 >/dev/null
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC PERL_HASH_SEED=1 PERL_PERTURB_KEYS=0

cat >try.pl <<'CODE'
use strict; use warnings; use Email::Simple; use Mail::Thread; use Email::Thread;
print "Mail::Thread $Mail::Thread::VERSION, Email::Thread $Email::Thread::VERSION\n";
sub tree { my ($node, $level) = @_; my $out = '';
  for (; $node; $node = $node->next) { $out .= '  ' x $level . $node->messageid . ' ' . ($node->message ? $node->message->header('Subject') : '') . "\n"; $out .= tree($node->child, $level + 1) if $node->child }
  $out }
sub threads { my ($class, @heads) = @_; my $threads = $class->new(map { Email::Simple->new("$_\n\nHello\n") } @heads);
  eval { $threads->thread; 1 } or return 'dies: ' . ($@ =~ s/ at .*//sr) . "\n"; join '', sort map { tree($_, 1) } $threads->rootset }
my @cases = (
  ['answers' => "Message-ID: <1\@a>\nSubject: Lamp", "Message-ID: <2\@a>\nSubject: Re: Lamp\nIn-Reply-To: <1\@a>"],
  ['one without an id' => "Message-ID: <1\@a>\nSubject: Lamp", "Subject: Scan of Room 2", "Message-ID: <2\@a>\nSubject: Re: Lamp\nIn-Reply-To: <1\@a>"],
  ['two with one id' => "Message-ID: <1\@a>\nSubject: Lamp", "Message-ID: <1\@a>\nSubject: [list] Lamp"],
  ['by subject' => map "Message-ID: <$_->[0]\@a>\nSubject: $_->[1]", [1, 'Lamp'], [2, 'Re: Lamp'], [3, 'AW: Lamp'], [4, 'Re[2]: Lamp']]);
for my $class ('Mail::Thread', 'Email::Thread') { for (@cases) { my ($name, @heads) = @$_; print "$class, $name:\n", threads($class, @heads) } }
CODE

cat >expected <<'SEEN'
Mail::Thread 2.55, Email::Thread 0.713
Mail::Thread, answers:
  1@a Lamp
    2@a Re: Lamp
Mail::Thread, one without an id:
dies: attempt to thread message with no id
Mail::Thread, two with one id:
  1@a [list] Lamp
Mail::Thread, by subject:
  1@a Lamp
    2@a Re: Lamp
  3@a AW: Lamp
  4@a Re[2]: Lamp
Email::Thread, answers:
  1@a Lamp
    2@a Re: Lamp
Email::Thread, one without an id:
dies: attempt to thread message with no id
Email::Thread, two with one id:
  1@a [list] Lamp
Email::Thread, by subject:
  1@a Lamp
    2@a Re: Lamp
  3@a AW: Lamp
  4@a Re[2]: Lamp
SEEN
perl try.pl 2>&1 | tee seen
diff expected seen && echo 'as described'
