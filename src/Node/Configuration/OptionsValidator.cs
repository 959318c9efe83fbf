using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Configuration;

/// <summary>A section's rules beyond types and ranges; each fault is a line that names the key, what was given and what is allowed.</summary>
internal abstract class OptionsValidator<T> : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = Check(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    protected abstract IEnumerable<string> Check(T options);

    protected static string Wrong(string key, object? given, string allowed) => SettingFault.Wrong(typeof(T).GetProperty(key)!, given, allowed);

    protected static string Missing(string key, string allowed) => SettingFault.Missing(typeof(T).GetProperty(key)!, allowed);
}
