#!/usr/bin/env bash
# The package as a user meets it: packs it, and builds fresh projects outside the repository that know nothing but the package.
# Prints a line a check, and at the end how many passed and failed.
set -uo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
here=$repository/tests/fresh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
feed=$work/feed
log=$work/log
passed=0
failed=0

check() { # check NAME COMMAND…: the command's success is the check's
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "passed: $name"
    else
        failed=$((failed + 1))
        echo "failed: $name"
        [ -f "$log" ] && tail -n 30 "$log"
    fi
}

# project NAME PROGRAM FRAMEWORK PROPERTIES: a console project that uses the package alone.
project() {
    rm -rf "${work:?}/$1"
    mkdir -p "$work/$1"
    sed -e "s|@FRAMEWORK@|$3|; s|@PROPERTIES@|$4|; s|@VERSION@|$version|" "$here/Fresh.csproj.txt" > "$work/$1/Fresh.csproj"
    cp "$here/$2" "$work/$1/$2"
    cd "$work/$1" || exit 1
}

builds() { dotnet build -c Release --nologo "$@" > "$log" 2>&1; }
fails() { ! builds "$@"; }
mends() { dotnet format analyzers --no-restore "$@" > "$log" 2>&1; }
publishes() { dotnet publish -c Release -r linux-x64 --nologo "$@" > "$log" 2>&1 && ! grep -E "warning|error" "$log"; }
says() { grep -qE "$1" "$log"; }
silent() { ! grep -qE "$1" "$log"; }
runs() { "$@" > "$log" 2>&1 && grep -q "trained, saved and loaded" "$log"; }
emits() { grep -rqF --include=*.g.cs "$1" obj; }
holds() { unzip -l "$package" > "$log" && grep -qE " $1\$" "$log"; }

dotnet pack "$repository/src/DLCompiler" -c Release -o "$feed" --nologo -v q > "$log" 2>&1
check "the package packs" test $? = 0
package=$(ls "$feed"/DLCompiler.*.nupkg)
version=$(basename "$package" .nupkg)
version=${version#DLCompiler.}
for entry in lib/net10.0/DLCompiler.dll lib/net9.0/DLCompiler.dll lib/net10.0/DLCompiler.xml analyzers/dotnet/cs/DLCompiler.Generator.dll \
    analyzers/dotnet/cs/DLCompiler.CodeFixes.dll buildTransitive/DLCompiler.targets README.md LICENSE icon.png; do
    check "the package holds $entry" holds "$entry"
done
check "the symbols are packed" test -f "$feed/DLCompiler.$version.snupkg"

# The local feed comes first, and packages go to a folder of their own: an older build of the same version must not be found.
cat > "$work/nuget.config" << 'CONFIG'
<configuration>
  <packageSources>
    <clear />
    <add key="local" value="feed" />
    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="local"><package pattern="DLCompiler" /></packageSource>
    <packageSource key="nuget.org"><package pattern="*" /></packageSource>
  </packageSourceMapping>
  <config><add key="globalPackagesFolder" value="packages" /></config>
</configuration>
CONFIG

project right Trains.cs net10.0 ""
check "a right model builds without warnings" builds
check "it trains, saves, loads and predicts" runs bin/Release/net10.0/Fresh
check "the compiler is given the code fixes beside the generator" builds --no-incremental -v:n
check "by their file in the package" says "/analyzer:[^ ]*analyzers/dotnet/cs/DLCompiler\.CodeFixes\.dll"
check "and has nothing to say about them, although it has no workspaces" silent "CS8032|CS8033|CS8034|CS9057|AD0001"
check "an old compiler is refused" fails --no-incremental -p:CompilerApiVersion=roslyn4.11
check "with what to install" says "error DLC9003: .*4\.14.*Install the \.NET SDK"

project scheduled Trains.cs net10.0 "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>"
echo "Predict/layer0.rows = 4,2,1" > Net.schedule
check "a model with a schedule beside it builds without warnings" builds
check "as the schedule decides" emits "//   rows = 4,2,1 (overridden) for layer0: own choice "
check "and trains, saves, loads and predicts" runs bin/Release/net10.0/Fresh
printf '# Not half of nine.\nPredict/layer0.rows = 9,2,1\n' > Net.schedule
check "a schedule that can't be followed is not silent" fails
check "but DLC4002 in its line" says "Net\.schedule\(2,1\): error DLC4002: 'Predict/layer0\.rows = 9,2,1' is impossible"

where=$(grep -n "return (y + skip)" "$here/Wrong.cs" | cut -d: -f1)
project wrong Wrong.cs net10.0 ""
check "a wrong model does not build" fails
check "because of DLC1004 at the expression" says "Wrong\.cs\($where,17\): error DLC1004: can't add \[N, 128, 8, 8\] and \[N, 64, 8, 8\]"
check "and is not compiled" says "error DLC9002"
check "the code fix needs no editor" mends --diagnostics DLC1004 --severity error
check "and leaves a model that builds without warnings" builds

project unanalyzed Wrong.cs net10.0 "<RunAnalyzers>false</RunAnalyzers><NoWarn>DLC1004;DLC9002</NoWarn>"
check "without analyzers it does not build either" fails
check "because it is not compiled" says "Wrong\.cs\(9,22\): error DLC9002: 'Net' has errors \(DLC1004\) and was not compiled: can't add"
check "and leaves no program" test ! -e bin/Release/net10.0/Fresh.dll

# net9.0: registries carry the runtime packs of a long-term release before those of the newest one.
project trimmed Trains.cs net9.0 "<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained>"
check "it trims without warnings" publishes
check "and the trimmed program runs" runs bin/Release/net9.0/linux-x64/publish/Fresh

project native Trains.cs net9.0 "<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>"
check "it compiles to a native program without warnings" publishes
check "for processors since 2013 unless told otherwise" says "needs a processor with x86-x64-v3"
check "and the native program runs" runs bin/Release/net9.0/linux-x64/publish/Fresh
echo "native program: $(stat -c %s bin/Release/net9.0/linux-x64/publish/Fresh) bytes"

project chosen Trains.cs net9.0 "<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization><IlcInstructionSet>avx2,fma</IlcInstructionSet>"
check "a chosen instruction set is respected" publishes
check "and named" says "needs a processor with avx2,fma"

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
