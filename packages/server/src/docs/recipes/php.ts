import { KEY_VARIABLE } from '../samples/sample.ts';
import type { Recipe } from './recipe.ts';

export const php: Recipe = {
  id: 'php',
  file: 'import.php',
  language: 'php',
  code: (baseUrl) => `<?php
const PENDING = 'pending.txt';
const CONTACTS = 'contacts';

// Wherever it is started from, the pull that is pending is found.
chdir(__DIR__);

// A full disk is a warning to PHP: here it ends the run, and the pull stays pending.
set_error_handler(fn ($level, $text) => throw new Exception($text), E_WARNING | E_NOTICE);

/** The contacts of a pull; null when it was released: they come with another. */
function pull(string $idempotencyKey): ?array
{
    for ($attempt = 1; ; $attempt++) {
        $code = '';
        $curl = curl_init('${baseUrl}/api/v1');
        curl_setopt_array($curl, [
            CURLOPT_HTTPHEADER => ['x-api-key: ' . getenv('${KEY_VARIABLE}')],
            CURLOPT_POSTFIELDS => json_encode([
                'operation' => 'pullContacts',
                'idempotencyKey' => $idempotencyKey,
            ]),
            CURLOPT_HEADERFUNCTION => function ($curl, $line) use (&$code) {
                if (preg_match('/^error-code: *(\\w+)/i', $line, $found)) $code = $found[1];
                return strlen($line);
            },
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 30,
        ]);
        $body = curl_exec($curl);
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($status === 200 && str_starts_with((string) $body, '[')) {
            return json_decode($body, true, 512, JSON_THROW_ON_ERROR);
        }
        if ($code === 'pull_released') return null;
        $again = $body === false || $status >= 500 || in_array($status, [200, 408, 409, 429]);
        if (!$again || $attempt === 5) throw new Exception("pull failed: $status $body");
        sleep(max(0, curl_getinfo($curl, CURLINFO_RETRY_AFTER)) ?: $attempt);
    }
}

function write(string $path, string $text): void
{
    $file = fopen("$path.new", 'w');
    $written = fwrite($file, $text) === strlen($text) && fsync($file);
    if (!fclose($file) || !$written) throw new Exception("$path was not written");
    rename("$path.new", $path);
}

function store(array $contact): void
{
    $text = json_encode($contact, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
    write(CONTACTS . "/$contact[action_id].json", $text);
}

$lock = fopen('import.lock', 'c');
if (!flock($lock, LOCK_EX | LOCK_NB)) throw new Exception('another run is under way');
if (!is_dir(CONTACTS)) mkdir(CONTACTS, 0700);
do {
    $name = is_file(PENDING) ? file_get_contents(PENDING) : '';
    if ($name === '') write(PENDING, $name = bin2hex(random_bytes(16)));
    // The API has forgotten the name by then: it would be that of a new pull.
    elseif (filemtime(PENDING) < time() - 30 * 86400) {
        throw new Exception(PENDING . ' names a pull of more than 30 days ago: ask the agency for it');
    }
    $contacts = pull($name);
    foreach ($contacts ?? [] as $contact) store($contact);
    unlink(PENDING);
} while ($contacts !== []);`,
};
