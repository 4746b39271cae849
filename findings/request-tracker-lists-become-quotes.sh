#!/usr/bin/env bash
# Request Tracker 5.0.3: in the text that it makes of HTML, each item of a list and all indented code is quoted.
#
# Guess: "> " is put in front of what stands in a blockquote.
# Seen:  the text is made first, and then whatever begins with two blanks (four with w3m, five with html2text) gets a ">" for each; list items and
# definitions are indented by as much, and lines of pre as their author liked.
# Hurts: in the plain text of an answer the steps that the desk wrote look like words of the customer, and readers that hide quotes hide them.
#
# Needs Debian 12 and apt-get; the packages are unpacked into the temporary folder, nothing is installed.
set -euo pipefail
grep -q '^VERSION_ID="12"' /etc/os-release || { echo 'this script needs Debian 12'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p debs root
apt-cache show request-tracker5 >/dev/null 2>&1 || apt-get update -qq
(cd debs && apt-get download -qq -o APT::Sandbox::User=root request-tracker5=5.0.3+dfsg-3~deb12u7 libb-hooks-endofscope-perl libclass-data-inheritable-perl libclass-inspector-perl libclass-xsaccessor-perl libclone-perl libcrypt-urandom-perl libdevel-stacktrace-perl libemail-address-list-perl libemail-address-perl libencode-detect-perl libencode-hanextra-perl libeval-closure-perl libexception-class-perl libexporter-tiny-perl libfile-sharedir-perl libhtml-format-perl libhtml-formattext-withlinks-andtables-perl libhtml-formattext-withlinks-perl libhtml-parser-perl libhtml-tagset-perl libhtml-tree-perl libhttp-message-perl liblist-moreutils-perl liblist-moreutils-xs-perl liblocale-maketext-fuzzy-perl liblocale-maketext-lexicon-perl liblog-dispatch-perl libmailtools-perl libmime-tools-perl libmodule-implementation-perl libmodule-runtime-perl libmro-compat-perl libnamespace-autoclean-perl libnamespace-clean-perl libpackage-stash-perl libpackage-stash-xs-perl libparams-util-perl libparams-validationcompiler-perl librole-tiny-perl libscope-upper-perl libspecio-perl libsub-exporter-progressive-perl libsub-identify-perl libsymbol-global-name-perl libtimedate-perl libtry-tiny-perl libuniversal-require-perl liburi-perl libvariable-magic-perl libxstring-perl >/dev/null)
for file in debs/*.deb; do dpkg-deb -x "$file" root; done
export PERL5LIB=$work/root/usr/share/perl5:$(echo "$work"/root/usr/lib/*-linux-gnu/perl5/5.36) TZ=UTC
sed -i "s#'/usr/share/request-tracker5#'$work/root/usr/share/request-tracker5#; s#'/etc/request-tracker5#'$work/etc#" root/usr/share/request-tracker5/lib/RT/Generated.pm
mkdir etc
touch etc/RT_SiteConfig.pm
export PERL5LIB=$work/root/usr/share/request-tracker5/lib:$PERL5LIB

cat >try.pl <<'CODE'
use strict; use warnings; use RT; RT->LoadConfig; RT->InitLogging; RT->Config->Set(HTMLFormatter => 'core'); require RT::Interface::Email;
print RT::Interface::Email::ConvertHTMLToText('<p>Please:</p><ul><li>switch it off</li><li>wait</li></ul><ol><li>switch it on</li></ol><pre>if (on)' . "\n" . '    ready()</pre><blockquote>Does not work</blockquote><p>Thanks</p>');
print "\n", RT::Interface::Email::ConvertBlockquoteIndentsToQuotemarks("w3m has four:\n\n    old\n        total 20\n", 'w3m');
CODE

cat >expected <<'SEEN'
Please:

> * switch it off

> * wait

> 1. switch it on

if (on)
>> ready()  

> Does not work

Thanks


w3m has four:

> old
>> total 20
SEEN
perl try.pl 2>/dev/null | tee seen
diff expected seen && echo 'as described'
